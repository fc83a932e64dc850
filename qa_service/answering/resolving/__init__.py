"""What a follow-up leaves out, found by a model among the words of the questions before it."""
