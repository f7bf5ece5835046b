/**
 * Stacks of dense layers on OpenBLAS. Public is only {@link dev.lockstep.models.blas.BlasProvider},
 * by which {@link dev.lockstep.models.LocalTrainers} finds it.
 */
package dev.lockstep.models.blas;
