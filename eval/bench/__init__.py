"""Speed, memory and size, measured beside the ordinary LangChain pipeline."""
