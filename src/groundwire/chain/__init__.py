"""LangChain: chat models, the drafting chain, the retriever. No other room names it.

Importing a module of this room imports LangChain only where a class of ours derives from one of
its classes: :mod:`groundwire.chain.retriever`. Import that one where it is needed.
"""
