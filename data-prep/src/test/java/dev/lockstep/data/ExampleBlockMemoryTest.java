package dev.lockstep.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExampleBlockMemoryTest {
  private static final int EXAMPLES = 2000;

  @Test
  void an_example_is_let_go_once_it_is_packed() {
    Passing examples = new Passing();

    Examples block = ExampleBlock.of(Schema.classification(List.of(8), 10), examples);

    assertThat(block.size()).isEqualTo(EXAMPLES);
    assertThat(block.id(EXAMPLES - 1)).isEqualTo(EXAMPLES - 1);
    assertThat(block.label(EXAMPLES - 1)).isEqualTo((EXAMPLES - 1) % 10);
    assertThat(examples.heldAtTheEnd).isLessThan(10);
  }

  /** Counts how many of the examples it gave are still held when it gives the last. */
  private static final class Passing implements Iterator<Example> {
    private final List<WeakReference<Example>> given = new ArrayList<>();
    private long heldAtTheEnd = -1;

    @Override
    public boolean hasNext() {
      return given.size() < EXAMPLES;
    }

    @Override
    public Example next() {
      int id = given.size();
      if (id == EXAMPLES - 1) {
        System.gc();
        heldAtTheEnd = given.stream().filter(example -> example.get() != null).count();
      }
      Example example = Example.image(id, new byte[8], id % 10);
      given.add(new WeakReference<>(example));
      return example;
    }
  }
}
