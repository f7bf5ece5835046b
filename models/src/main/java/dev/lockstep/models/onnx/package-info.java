/**
 * Networks as ONNX files, which other programs than DL4J compute.
 *
 * <p>{@link dev.lockstep.models.onnx.OnnxModel} makes one of a network and its parameters, by
 * {@link dev.lockstep.models.onnx.OnnxSettings}, with what becomes of data before it if a {@link
 * dev.lockstep.models.onnx.OnnxPreparation} says so; {@link dev.lockstep.models.onnx.ModelTensor}
 * is what it takes and gives. {@code LayerWriters} lists the layers that are known; a {@code
 * OnnxGraph} grows by what each adds through its {@code LayerScope}, and holds values channels
 * first.
 *
 * <p>The format's classes, {@code onnx.Onnx}, are those that ND4J brings: Google's protocol buffers
 * of <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3">onnx.proto3</a>.
 */
package dev.lockstep.models.onnx;
