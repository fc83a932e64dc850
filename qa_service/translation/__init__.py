"""Every word that people read, in their language: one catalogue for pages, scripts, messages and
files. What is not in it is English, the language in which the words stand in the code."""
