/**
 * Workers combine vectors inside one running stage: an allreduce whose bits do not depend on
 * placement.
 */
package dev.lockstep.collective;
