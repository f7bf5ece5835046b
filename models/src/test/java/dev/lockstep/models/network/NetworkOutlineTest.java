package dev.lockstep.models.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.models.network.NetworkOutline.Node;
import dev.lockstep.models.network.NetworkOutline.Parameter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;

class NetworkOutlineTest {

  @Test
  void parameters_are_where_the_flattened_vector_has_them() {
    for (Model network : List.of(stack(), graph())) {
      float[] counted = new float[(int) network.numParams()];
      for (int i = 0; i < counted.length; i++) {
        counted[i] = i;
      }
      Dl4jLocalTrainer.load(
          network, new ModelState(counted, Dl4jLocalTrainer.stateOf(network).updaterState(), 0));
      Map<String, INDArray> table = network.paramTable();

      NetworkOutline outline = NetworkOutline.of(NetworkDefinition.of(network));

      int seen = 0;
      for (Node node : outline.nodes()) {
        for (Parameter parameter : node.parameters()) {
          INDArray values = table.get(node.name() + "_" + parameter.name());
          assertThat(values.dup('f').data().asFloat())
              .as(node.name() + " " + parameter)
              .hasSize(parameter.length())
              .startsWith(parameter.offset())
              .endsWith(parameter.offset() + parameter.length() - 1);
          seen += parameter.length();
        }
      }
      assertThat(seen).isEqualTo(counted.length);
    }
  }

  @Test
  void layers_tell_what_they_are_and_what_they_read() {
    NetworkOutline outline = NetworkOutline.of(NetworkDefinition.of(graph()));

    assertThat(outline.inputs()).containsExactly("in");
    assertThat(outline.nodes())
        .extracting(node -> node.name() + ": " + node.kind() + " of " + node.inputs())
        .containsExactlyInAnyOrder(
            "left_wing: DenseLayer of [in]",
            "right: DenseLayer of [in]",
            "both: MergeVertex of [left_wing, right]",
            "out: OutputLayer of [both]");
    Node out = outline.nodes().get(3);
    assertThat(out.activation()).hasValue("softmax");
    assertThat(out.loss()).hasValue("LossMCXENT");
    assertThat(outline.nodes().get(0).loss()).isEqualTo(Optional.empty());
  }

  @Test
  void learning_rates_follow_their_schedules() {
    NetworkOutline outline = NetworkOutline.of(NetworkDefinition.of(stack()));

    assertThat(outline.learningRates(0)).containsEntry("0", 0.5).containsEntry("2", 0.25);
    assertThat(outline.learningRates(10)).containsEntry("0", 0.05).containsEntry("2", 0.25);
  }

  private static MultiLayerNetwork stack() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .updater(new Sgd(new StepSchedule(ScheduleType.ITERATION, 0.5, 0.1, 10)))
                .list()
                .layer(new LSTM.Builder().nIn(3).nOut(4).build())
                .layer(new BatchNormalization.Builder().nIn(4).nOut(4).build())
                .layer(
                    new RnnOutputLayer.Builder()
                        .updater(new Adam(0.25))
                        .nIn(4)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
    network.init();
    return network;
  }

  private static ComputationGraph graph() {
    ComputationGraph network =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("in")
                .addLayer("left_wing", new DenseLayer.Builder().nIn(3).nOut(4).build(), "in")
                .addLayer("right", new DenseLayer.Builder().nIn(3).nOut(5).build(), "in")
                .addVertex("both", new MergeVertex(), "left_wing", "right")
                .addLayer(
                    "out",
                    new OutputLayer.Builder().nIn(9).nOut(2).activation(Activation.SOFTMAX).build(),
                    "both")
                .setOutputs("out")
                .build());
    network.init();
    return network;
  }
}
