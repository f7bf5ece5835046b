package dev.lockstep.models.onednn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/** One operation of the library, to be run any number of times on the same memory. */
final class Primitive implements Runnable {
  private final String what;
  private final dnnl_primitive_desc description;
  private final dnnl_primitive handle = new dnnl_primitive();
  // The library keeps no references that the garbage collector sees.
  private final List<dnnl_memory> memories = new ArrayList<>();
  private final List<Integer> roles = new ArrayList<>();
  private dnnl_exec_arg_t arguments;

  /**
   * @param what names it in messages
   */
  Primitive(String what, dnnl_primitive_desc description, Scope scope) {
    this.what = what;
    this.description = description;
    OneDnn.check(dnnl.dnnl_primitive_create(handle, description), what);
    scope.onClose(() -> dnnl.dnnl_primitive_destroy(handle));
  }

  /** With this tensor in one of its roles, one of {@code DNNL_ARG_…}. */
  Primitive with(int role, Tensor tensor) {
    return with(role, tensor.handle());
  }

  private Primitive with(int role, dnnl_memory memory) {
    roles.add(role);
    memories.add(memory);
    return this;
  }

  /** Wanted by those who make the backward primitives of this one. */
  dnnl_primitive_desc description() {
    return description;
  }

  /** How a memory of the primitive has to lie, as {@code dnnl_query_…_md} names it. */
  Layout layout(int query, int index, long... dims) {
    return new Layout(dims, dnnl.dnnl_primitive_desc_query_md(description, query, index));
  }

  Layout layout(int query, long... dims) {
    return layout(query, 0, dims);
  }

  /** The workspace that carries values from the forward primitive to the backward one. */
  Layout workspace() {
    return layout(dnnl.dnnl_query_workspace_md);
  }

  private Layout scratchpad() {
    return layout(dnnl.dnnl_query_scratchpad_md);
  }

  /** How many values of scratch memory it needs while it runs. */
  long scratchLength() {
    return scratchpad().length();
  }

  /** Completes the arguments. */
  void finish(Pointer scratch, Scope scope) {
    dnnl_memory_desc needed = scratchpad().handle();
    if (dnnl.dnnl_memory_desc_get_size(needed) > 0) {
      dnnl_memory memory = new dnnl_memory();
      OneDnn.check(dnnl.dnnl_memory_create(memory, needed, OneDnn.engine(), scratch), what);
      scope.onClose(() -> dnnl.dnnl_memory_destroy(memory));
      with(dnnl.DNNL_ARG_SCRATCHPAD, memory);
    }
    arguments = new dnnl_exec_arg_t(memories.size());
    scope.onClose(arguments::deallocate);
    for (int i = 0; i < memories.size(); i++) {
      arguments.position(i).arg(roles.get(i)).memory(memories.get(i));
    }
    arguments.position(0);
  }

  /** Which of the library's implementations computes it; "ref" is the slow one. */
  String implementation() {
    try (PointerPointer<Pointer> slot = new PointerPointer<>(1L)) {
      OneDnn.check(
          dnnl.dnnl_primitive_desc_query(description, dnnl.dnnl_query_impl_info_str, 0, slot),
          what);
      return what + ": " + new org.bytedeco.javacpp.BytePointer(slot.get(0)).getString();
    }
  }

  @Override
  public void run() {
    OneDnn.check(
        dnnl.dnnl_primitive_execute(handle, OneDnn.stream(), memories.size(), arguments), what);
  }
}
