import { type DatabaseCall, onDatabaseCall } from '../domain/measured.ts';

let calls: DatabaseCall[] = [];

onDatabaseCall(call => {
  calls.push(call);
});

/** The calls of the database since the last time this was asked. An environment has one invocation at a time, so they are its own. */
export function takeDatabaseCalls(): DatabaseCall[] {
  const taken = calls;
  calls = [];
  return taken;
}
