package dev.lockstep.collective;

import java.io.Serializable;

/**
 * A task that has come to a meeting.
 *
 * @param stage Spark's id of its stage
 * @param task the number of its partition
 * @param executor the id of its executor
 * @param address where other processes reach its process
 * @param keeps whether its process keeps what the driver asked for
 */
public record Guest(int stage, int task, String executor, String address, boolean keeps)
    implements Serializable {}
