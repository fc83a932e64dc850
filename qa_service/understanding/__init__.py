"""A question and the talk before it -> what is asked. Knows no index, only words and names."""
