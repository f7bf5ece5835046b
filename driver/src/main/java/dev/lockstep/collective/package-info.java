/**
 * Workers combine vectors inside one running stage: an allreduce whose bits do not depend on
 * placement. In the driver a {@link dev.lockstep.collective.Rendezvous} opens a {@link
 * dev.lockstep.collective.Meeting} for the tasks of each job; what it decides, and who waits for
 * whom, is told there. Tasks come by {@link dev.lockstep.collective.StageCollective}, each as a
 * {@link dev.lockstep.collective.Guest}, and get a {@link dev.lockstep.collective.Seat}, by which
 * they join a {@link dev.lockstep.collective.Collective}; its {@code combine} takes a {@link
 * dev.lockstep.collective.Reduction}. A {@link dev.lockstep.collective.CollectiveException} says
 * that others were lost, a {@link dev.lockstep.collective.MeetingFailure} that the driver has to
 * begin anew. What a round of combining does, and who waits for whom, is told in {@code Member}.
 *
 * <p>A {@link dev.lockstep.collective.GroupId} names who meets, {@link
 * dev.lockstep.collective.Patience} says how long members wait. {@link
 * dev.lockstep.collective.Reducer} is the arithmetic alone, for who has all vectors in one place.
 */
package dev.lockstep.collective;
