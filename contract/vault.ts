// The vault as rooms see it: secrets by name. desktop/ makes it on the system's keychain; tests make one in memory.

export interface Vault {
  get(key: string): Promise<string | null>;
  set(key: string, secret: string): Promise<void>;
  delete(key: string): Promise<void>;
  /** All of them, so that they can be kept out of what leaves this computer; those that cannot be opened are left out. */
  secrets(): Promise<string[]>;
  /** False where the system offers no keychain. */
  readonly protected: boolean;
}
