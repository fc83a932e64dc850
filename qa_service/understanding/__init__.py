"""A question and its conversation -> what is asked: `parsing.parse`, one frozen noun.

In the order in which a question meets them: `small_talk`; `splitting` into several questions;
`follow_ups`, which make one stand alone; then what it names (`naming`, `mentions`, `times`), what
kind of thing it asks for (`kinds`, `comparing`) and what it asks of `documents`. The words of
English stand in `lexicon`, each pattern has an example that it takes and one that it leaves
(`grammar`), and what the collection calls things is asked of `collection_names`.
"""
