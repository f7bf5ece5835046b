/** How workers train a round and combine what they learnt. */
package dev.lockstep.strategy;
