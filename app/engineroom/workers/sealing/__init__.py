"""The build worker: from an order to a sealed engine, stage by stage, each written down when it is done."""
