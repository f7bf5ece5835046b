/** Picture files to what a network reads. */
package dev.lockstep.data.image;
