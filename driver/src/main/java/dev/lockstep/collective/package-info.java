/**
 * Workers combine vectors inside one running stage: an allreduce whose bits do not depend on
 * placement. A stage's tasks join by {@link dev.lockstep.collective.StageCollective#join}, with a
 * ticket that names the {@link dev.lockstep.collective.Rendezvous} in the driver; each then has a
 * {@link dev.lockstep.collective.Collective}, whose {@code combine} takes a {@link
 * dev.lockstep.collective.Reduction}. A {@link dev.lockstep.collective.CollectiveException} says
 * that others were lost. What a round of it does, and who waits for whom, is told in {@code
 * Member}.
 *
 * <p>A ticket's {@link dev.lockstep.collective.GroupId} names who meets, its {@link
 * dev.lockstep.collective.Patience} says how long members wait. {@link
 * dev.lockstep.collective.Reducer} is the arithmetic alone, for who has all vectors in one place.
 */
package dev.lockstep.collective;
