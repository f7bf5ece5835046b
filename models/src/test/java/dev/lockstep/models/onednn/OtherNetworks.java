package dev.lockstep.models.onednn;

import static dev.lockstep.models.onednn.OneDnnNetworks.CLASSES;
import static dev.lockstep.models.onednn.OneDnnNetworks.common;
import static dev.lockstep.models.onednn.OneDnnNetworks.convolution;
import static dev.lockstep.models.onednn.OneDnnNetworks.graph;
import static dev.lockstep.models.onednn.OneDnnNetworks.layout;
import static dev.lockstep.models.onednn.OneDnnNetworks.output;
import static dev.lockstep.models.onednn.OneDnnNetworks.part;
import static dev.lockstep.models.onednn.OneDnnNetworks.pictures;

import dev.lockstep.models.ExampleLayout;
import dev.lockstep.models.NetworkDefinition;
import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Small networks of what is rarer: other vertices, losses of places, frozen statistics. */
final class OtherNetworks {
  private OtherNetworks() {}

  static List<OneDnnCase> all() {
    return List.of(
        graph(
            "products, maxima, parts, unit lengths",
            layout(CLASSES, 2, 7, 6),
            g ->
                g.addInputs("in")
                    .addLayer("a", convolution(l -> {}), "in")
                    .addLayer("b", convolution(l -> {}), "in")
                    .addLayer("c", convolution(l -> {}), "in")
                    .addVertex("*", new ElementWiseVertex(ElementWiseVertex.Op.Product), "a", "b")
                    .addVertex(
                        "max", new ElementWiseVertex(ElementWiseVertex.Op.Max), "a", "b", "c", "*")
                    .addVertex("unit", new L2NormalizeVertex(), "max")
                    .addVertex(
                        "flat",
                        new PreprocessorVertex(new CnnToFeedForwardPreProcessor(5, 4, 5)),
                        "unit")
                    .addLayer("dense", new DenseLayer.Builder().nIn(100).nOut(6).build(), "flat")
                    .addVertex("first", new SubsetVertex(0, 2), "dense")
                    .addVertex("second", new SubsetVertex(3, 5), "dense")
                    .addVertex(
                        "both",
                        new ElementWiseVertex(ElementWiseVertex.Op.Product),
                        "first",
                        "second")
                    .addVertex("length", new L2NormalizeVertex(), "both")
                    .addLayer("out", output(), "length")
                    .setOutputs("out")
                    .setInputTypes(InputType.convolutional(7, 6, 2))),
        pictures(
            "norms of everything",
            convolution(l -> {}),
            new GlobalPoolingLayer.Builder(PoolingType.PNORM).pnorm(2).build()),
        new OneDnnCase(
            "a loss of places",
            NetworkDefinition.of(
                common()
                    .list()
                    .layer(convolution(l -> l.convolutionMode(ConvolutionMode.Same)))
                    .layer(
                        convolution(
                            l ->
                                l.convolutionMode(ConvolutionMode.Same)
                                    .nOut(CLASSES)
                                    .activation(Activation.IDENTITY)))
                    .layer(
                        new CnnLossLayer.Builder(LossFunction.MCXENT)
                            .activation(Activation.SOFTMAX)
                            .build())
                    .setInputType(InputType.convolutional(7, 6, 2))
                    .build()),
            new ExampleLayout(List.of(part(2, 7, 6)), List.of(part(CLASSES, 7, 6)))));
  }

  /** Which DL4J is not able to differentiate without training it. */
  static List<OneDnnCase> frozen() {
    return List.of(
        pictures(
            "frozen statistics",
            CNN2DFormat.NCHW,
            common(),
            output(),
            new FrozenLayer(convolution(l -> {})),
            new FrozenLayer(new BatchNormalization.Builder().build()),
            convolution(l -> l.nOut(3))));
  }
}
