"""The store on disk: a ledger that is the truth, and the graph that is made from it. See docs/store.md."""
