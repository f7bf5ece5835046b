package dev.lockstep.report.tensorboard;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.nd4j.shade.protobuf.ByteString;
import org.nd4j.shade.protobuf.ListValue;
import org.nd4j.shade.protobuf.Value;
import org.tensorflow.framework.Summary;

/**
 * What TensorBoard's table of hyperparameters is made from: messages of
 * tensorboard/plugins/hparams/plugin_data.proto and api.proto, whose field numbers these are.
 */
final class HParams {
  private static final String PLUGIN = "hparams";
  private static final int STRING = 1;
  private static final int BOOL = 2;
  private static final int FLOAT64 = 3;

  private HParams() {}

  /** How a session ended. */
  enum Status {
    SUCCESS(1),
    FAILURE(2);

    private final int number;

    Status(int number) {
      this.number = number;
    }
  }

  /**
   * A run begins.
   *
   * @param settings by name
   * @param group runs of one group differ in nothing but chance
   * @param time seconds since 1970
   */
  static Summary.Value sessionStart(Map<String, Object> settings, String group, double time) {
    ByteString start =
        Protobuf.message(
            session -> {
              for (Map.Entry<String, Object> setting : settings.entrySet()) {
                session.writeBytes(
                    1,
                    Protobuf.message(
                        entry -> {
                          entry.writeString(1, setting.getKey());
                          entry.writeMessage(2, value(setting.getValue()));
                        }));
              }
              session.writeString(4, group);
              session.writeDouble(5, time);
            });
    return value("session_start_info", 3, start);
  }

  /** A run has ended. */
  static Summary.Value sessionEnd(Status status, double time) {
    ByteString end =
        Protobuf.message(
            session -> {
              session.writeEnum(1, status.number);
              session.writeDouble(2, time);
            });
    return value("session_end_info", 4, end);
  }

  /**
   * What several runs have been made for.
   *
   * @param settings the values that were tried, by name
   * @param metrics the tags of what they are judged by
   */
  static Summary.Value experiment(
      Map<String, ? extends Collection<?>> settings, List<String> metrics, double time) {
    ByteString experiment =
        Protobuf.message(
            message -> {
              message.writeDouble(3, time);
              for (Map.Entry<String, ? extends Collection<?>> setting : settings.entrySet()) {
                message.writeBytes(4, setting(setting.getKey(), setting.getValue()));
              }
              for (String metric : metrics) {
                ByteString name = Protobuf.message(out -> out.writeString(2, metric));
                message.writeBytes(5, Protobuf.message(out -> out.writeBytes(1, name)));
              }
            });
    return value("experiment", 2, experiment);
  }

  private static ByteString setting(String name, Collection<?> values) {
    ListValue.Builder domain = ListValue.newBuilder();
    values.forEach(value -> domain.addValues(value(value)));
    return Protobuf.message(
        info -> {
          info.writeString(1, name);
          info.writeEnum(4, type(values.iterator().next()));
          info.writeMessage(5, domain.build());
        });
  }

  private static int type(Object value) {
    if (value instanceof Boolean) {
      return BOOL;
    }
    return value instanceof Number ? FLOAT64 : STRING;
  }

  private static Value value(Object value) {
    if (value instanceof Boolean bool) {
      return Value.newBuilder().setBoolValue(bool).build();
    }
    return value instanceof Number number
        ? Value.newBuilder().setNumberValue(number.doubleValue()).build()
        : Value.newBuilder().setStringValue(String.valueOf(value)).build();
  }

  private static Summary.Value value(String tag, int field, ByteString message) {
    return Summaries.pluginData(
        "_hparams_/" + tag, PLUGIN, Protobuf.message(data -> data.writeBytes(field, message)));
  }
}
