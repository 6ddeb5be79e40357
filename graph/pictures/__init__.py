"""Pictures of a graph: timelines, successions, networks. They need matplotlib and a Japanese font."""
