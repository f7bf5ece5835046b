/**
 * Memory that is too small, told in one line: {@link dev.lockstep.memory.Heap} before data are
 * loaded into it, {@link dev.lockstep.memory.OutOfMemory} when it has run out all the same.
 */
package dev.lockstep.memory;
