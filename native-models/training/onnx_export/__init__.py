"""Writes the networks as ONNX graphs, node by node.

By hand rather than by tracing: the graphs stay small and readable, every size is dynamic by construction, and the
storage of each weight (float16 with a Cast, int8 with its scales) is a choice made here.
"""
