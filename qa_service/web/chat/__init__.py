"""The chat page: a question asked by its form, an answer in words and markup."""
