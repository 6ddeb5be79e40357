"""How much of what documents say a graph holds, and how much of what it holds they say.

Gold is read and checked (`gold`), the graph indexed (`built`), the two compared line by line (`matching`)
and counted (`scoring`); `report` is what comes out.
"""
