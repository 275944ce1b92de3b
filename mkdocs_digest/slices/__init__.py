"""Archives past one machine: a site built in slices, each by its days, and joined to what one build would have made."""
