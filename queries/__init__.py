"""What the graph answers: the library of questions, and the engines that run them."""
