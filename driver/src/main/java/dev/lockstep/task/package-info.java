/** What is trained: a network, its data, and how it is trained where nothing else is said. */
package dev.lockstep.task;
