/**
 * Which format a location has: {@link dev.lockstep.data.open.DataSources} opens data of any kind,
 * and holds the list of formats to which a new one is added.
 */
package dev.lockstep.data.open;
