"""Who says that what leads to what: claims of sources, and how robust an argument built on them is."""
