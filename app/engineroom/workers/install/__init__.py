"""The install worker: makes a runtime as its order says, writes down what it is, and puts it through its gate."""
