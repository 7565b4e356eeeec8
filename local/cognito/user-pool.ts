import { type Journal, openJournal } from '../journal.ts';
import { CognitoError, userNotFound } from './cognito-error.ts';
import { type Session, sessionRecord, type User, userRecord } from './pool-records.ts';
import { loadSigningKey, type SigningKey } from './signing-key.ts';
import type { UserPoolDefinition } from './user-pool-definition.ts';

/** A user pool at work: its users and sessions in memory, every change in its journal. */
export class UserPool {
  readonly definition: UserPoolDefinition;
  readonly issuer: string;
  readonly signingKey: SigningKey;
  readonly #journal: Journal;
  readonly #users = new Map<string, User>();
  readonly #subs = new Map<string, string>();
  readonly #sessions = new Map<string, Session>();

  private constructor(definition: UserPoolDefinition, issuer: string, journal: Journal, signingKey: SigningKey) {
    this.definition = definition;
    this.issuer = issuer;
    this.signingKey = signingKey;
    this.#journal = journal;
  }

  /** Opens the pool kept in `file`, without the sessions that are over. A pool seen for the first time gets a key pair. */
  static async open(definition: UserPoolDefinition, issuer: string, file: string, nowMs: number): Promise<UserPool> {
    const journal = openJournal(file);
    const pool = new UserPool(definition, issuer, journal, await loadSigningKey(journal));
    for (const value of journal.all('user').values()) pool.#index(userRecord.parse(value));
    for (const [id, value] of [...journal.all('session')]) {
      const session = sessionRecord.parse(value);
      if (session.revoked || session.expiresAt <= nowMs) journal.put('session', id, null);
      else pool.#sessions.set(id, session);
    }
    return pool;
  }

  /** Finds a user by what it signs in with: its user name, or the e-mail or phone number that stands for it. */
  findUser(name: string): User | undefined {
    return this.userBySub(this.#subs.get(this.#normalise(name)) ?? '');
  }

  /** Finds a user or throws `UserNotFoundException`. */
  requireUser(name: string): User {
    const user = this.findUser(name);
    if (user === undefined) throw userNotFound();
    return user;
  }

  userBySub(sub: string): User | undefined {
    return this.#users.get(sub);
  }

  /** Every user, oldest first. */
  users(): User[] {
    return [...this.#users.values()];
  }

  /** Adds a user; throws `UsernameExistsException` when one of its names is taken. */
  addUser(user: User): void {
    if (this.#names(user).some(name => this.#subs.has(name))) {
      const [alias] = this.definition.usernameAttributes;
      const message =
        alias === undefined
          ? 'User already exists'
          : `An account with the given ${alias.replace('phone_number', 'phone number')} already exists.`;
      throw new CognitoError('UsernameExistsException', message);
    }
    this.#store(user);
  }

  /** Changes a user and returns it as it then is. */
  updateUser(user: User, changes: Partial<User>, nowMs: number): User {
    for (const name of this.#names(user)) this.#subs.delete(name);
    const changed = { ...user, ...changes, modifiedAt: nowMs };
    this.#store(changed);
    return changed;
  }

  deleteUser(user: User): void {
    for (const name of this.#names(user)) this.#subs.delete(name);
    this.#users.delete(user.sub);
    this.#journal.put('user', user.sub, null);
    for (const session of this.#sessionsOf(user.sub)) {
      this.#sessions.delete(session.id);
      this.#journal.put('session', session.id, null);
    }
  }

  session(id: string): Session | undefined {
    return this.#sessions.get(id);
  }

  saveSession(session: Session): void {
    this.#sessions.set(session.id, session);
    this.#journal.put('session', session.id, session);
  }

  /** Ends every session of a user: no refresh token works any more, and access tokens are revoked. */
  revokeSessions(sub: string): void {
    for (const session of this.#sessionsOf(sub)) this.saveSession({ ...session, revoked: true });
  }

  close(): void {
    this.#journal.close();
  }

  #store(user: User): void {
    this.#index(user);
    this.#journal.put('user', user.sub, user);
  }

  #index(user: User): void {
    this.#users.set(user.sub, user);
    for (const name of this.#names(user)) this.#subs.set(name, user.sub);
  }

  #names(user: User): string[] {
    const aliases = this.definition.usernameAttributes.map(attribute => user.attributes[attribute]);
    return [user.username, ...aliases].filter(name => name !== undefined).map(name => this.#normalise(name));
  }

  #normalise(name: string): string {
    return this.definition.caseSensitive === false ? name.toLowerCase() : name;
  }

  #sessionsOf(sub: string): Session[] {
    return [...this.#sessions.values()].filter(session => session.sub === sub && !session.revoked);
  }
}
