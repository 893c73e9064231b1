"""Writes an ONNX model with the inputs and outputs of the classifier of explicit pictures:
`nsfw_model.py FILE`. It calls red pictures porn, green ones neutral and blue ones drawings."""

import sys

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

# rows: blue, green, red as they come in, less the means of the training pictures
weights = numpy.zeros((3, 5), dtype=numpy.float32)
weights[0, 0] = weights[1, 2] = weights[2, 3] = 1 / 255
bias = numpy.array([104, 0, 117, 123, 0], dtype=numpy.float32) / 255
graph = helper.make_graph(
    [
        helper.make_node("ReduceMean", ["input", "axes"], ["mean"], keepdims=0),
        helper.make_node("MatMul", ["mean", "weights"], ["weighed"]),
        helper.make_node("Add", ["weighed", "bias"], ["prediction"]),
    ],
    "colours",
    [helper.make_tensor_value_info("input", TensorProto.FLOAT, [1, 224, 224, 3])],
    [helper.make_tensor_value_info("prediction", TensorProto.FLOAT, [1, 5])],
    [
        numpy_helper.from_array(numpy.array([1, 2], dtype=numpy.int64), "axes"),
        numpy_helper.from_array(weights, "weights"),
        numpy_helper.from_array(bias, "bias"),
    ],
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
onnx.checker.check_model(model)
onnx.save(model, sys.argv[1])
