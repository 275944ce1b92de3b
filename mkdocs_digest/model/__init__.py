"""The values that pass between the stages: typed, frozen, free of behaviour that needs a disk or a clock."""
