// The vault as rooms see it: secrets by name. desktop/ makes it on the system's keychain; tests make one in memory.

export interface Vault {
  get(key: string): Promise<string | null>;
  set(key: string, secret: string): Promise<void>;
  delete(key: string): Promise<void>;
  /** False where the system offers no keychain. */
  readonly protected: boolean;
}
