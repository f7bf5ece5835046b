/**
 * Text as sequences of characters: {@link dev.lockstep.data.text.TextSource} reads it, as {@link
 * dev.lockstep.data.text.TextSequences} says.
 */
package dev.lockstep.data.text;
