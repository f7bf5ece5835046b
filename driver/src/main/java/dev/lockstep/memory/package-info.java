/**
 * How much memory examples may take, a {@link dev.lockstep.memory.DataMemory}. And memory that is
 * too small, told in one line: {@link dev.lockstep.memory.Heap} refuses a {@link
 * dev.lockstep.memory.Share} that cannot be in it by a {@link dev.lockstep.memory.MemoryError};
 * {@link dev.lockstep.memory.OutOfMemory} tells that memory has run out all the same.
 */
package dev.lockstep.memory;
