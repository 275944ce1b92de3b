"""What a build leaves for the next: data, never code, and nothing that the next could not make again."""
