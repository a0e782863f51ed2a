"""What is the same and what is near: pure comparison of words, without files, clocks or networks."""
