"""An eval of any folder: cases made from its own documents, without labels and without a model."""
