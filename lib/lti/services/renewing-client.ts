import {
  AccessTokenExpired,
  AccessTokenRejected,
  PlatformUnavailable,
  RateLimited,
} from "../errors.ts";
import type { PlatformReply } from "../http/perform.ts";
import type { ServiceClient, ServiceRequest } from "./service-client.ts";

/**
 * Gives another client for the same endpoints when a token did not last to the end of a reading.
 *
 * `rejected` is absent when the token simply ran out; it may be thrown where no other token
 * would fare better.
 */
export type RenewClient = (
  spent: ServiceClient,
  rejected?: AccessTokenRejected,
) => Promise<ServiceClient>;

/**
 * Waits until a reading may ask for the same page again, which was throttled or not answered so many
 * times in a row; throws where that takes too long.
 */
export type WaitOut = (error: RateLimited | PlatformUnavailable, times: number) => Promise<void>;

/**
 * How often one call may have its token replaced: a cache may hold a newer one, dead as well;
 * what comes after that one is new.
 */
export const MOST_REPLACEMENTS = 2;

const renewByItself: RenewClient = (spent, rejected) =>
  rejected ? spent.forceRefresh() : spent.refresh();

/**
 * Holds one client for many calls, also side by side: its token is replaced once for all of them
 * when it runs out or the platform no longer takes it.
 */
export class Connection {
  #client: ServiceClient;
  #renewal?: Promise<ServiceClient>;
  readonly #renew: RenewClient;

  /** `renew` says how another client is got; by `refresh` and `forceRefresh` unless given. */
  constructor(client: ServiceClient, renew: RenewClient = renewByItself) {
    this.#client = client;
    this.#renew = renew;
  }

  /** The client as it is now; its token may have expired. */
  get client(): ServiceClient {
    return this.#client;
  }

  /**
   * Makes one call with a client that is not expired, and makes it again with another token
   * where the platform refuses this one. A refused call has done nothing, so nothing is done
   * twice.
   *
   * @throws LtiError  whatever the call throws
   */
  async call<T>(act: (client: ServiceClient) => Promise<T>): Promise<T> {
    let client = this.#client;
    if (client.isExpired) client = await this.#replace(client);
    for (let replacements = 0; ; replacements++) {
      try {
        return await act(client);
      } catch (error) {
        const isRejected = error instanceof AccessTokenRejected;
        const isTokenFault = isRejected || error instanceof AccessTokenExpired;
        if (!isTokenFault || replacements === MOST_REPLACEMENTS) throw error;
        client = await this.#replace(client, isRejected ? error : undefined);
      }
    }
  }

  async #replace(spent: ServiceClient, rejected?: AccessTokenRejected): Promise<ServiceClient> {
    if (this.#client !== spent) return this.#client;
    this.#renewal ??= this.#renew(spent, rejected).finally(() => {
      this.#renewal = undefined;
    });
    return (this.#client = await this.#renewal);
  }
}

/**
 * Sends the requests of one reading: a token that expires or is refused on the way is replaced, and a
 * request that was throttled is sent again. So is one that got no answer, once there was a
 * first: a reading that never began loses nothing by beginning later.
 */
export class RenewingClient {
  #hasAnswer = false;
  readonly #connection?: Connection;

  constructor(
    private readonly client: ServiceClient,
    renew: RenewClient | undefined,
    private readonly waitOut?: WaitOut,
  ) {
    if (renew) this.#connection = new Connection(client, renew);
  }

  async request(request: ServiceRequest): Promise<PlatformReply> {
    for (let times = 1; ; times++) {
      try {
        const reply = await this.#send(request);
        this.#hasAnswer = true;
        return reply;
      } catch (error) {
        if (!this.waitOut || !this.#mayPass(error)) throw error;
        await this.waitOut(error, times);
      }
    }
  }

  #mayPass(error: unknown): error is RateLimited | PlatformUnavailable {
    if (error instanceof RateLimited) return true;
    return this.#hasAnswer && error instanceof PlatformUnavailable;
  }

  async #send(request: ServiceRequest): Promise<PlatformReply> {
    return this.#connection
      ? this.#connection.call((client) => client.request(request))
      : this.client.request(request);
  }
}
