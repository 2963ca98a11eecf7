/** What a key store or trust store holds, as far as it can be told without Java. */
export type TlsStore =
  | { readonly kind: 'unreadable'; readonly problem: string }
  | {
      readonly kind: 'pem';
      /** `other` is a key that ZooKeeper does not read: PKCS#1 or SEC 1 (PemReader wants PKCS#8). */
      readonly key: 'none' | 'pkcs8' | 'other';
      readonly certificates: readonly TlsCertificate[];
    }
  /** JKS or PKCS#12; `opens` and `hasKey` are undefined where only Java can tell, as of an old encryption. */
  | {
      readonly kind: 'sealed';
      readonly opens: boolean | undefined;
      readonly hasKey: boolean | undefined;
      /** The server's own, where there is one key alone. */
      readonly certificates: readonly TlsCertificate[];
    }
  /** Of a type that only Java reads. */
  | { readonly kind: 'opaque' };

/** One certificate; the first of a key store is the server's own. */
export interface TlsCertificate {
  readonly subject: string;
  readonly validity: 'valid' | 'expired' | 'not yet valid';
  /** The first and last moment, as the certificate writes them. */
  readonly validFrom: string;
  readonly validTo: string;
  readonly lifeMs: number;
  /** Until validTo; negative thereafter. */
  readonly leftMs: number;
  /** DNS names and addresses of the subject alternative name; the common name where there is none. */
  readonly names: readonly string[];
}

/** Which store to look into; the password is tried on JKS and PKCS#12. */
export interface TlsStoreQuestion {
  readonly path: string;
  readonly type: 'JKS' | 'PEM' | 'PKCS12' | 'BCFKS' | undefined;
  readonly password: string | undefined;
}

/** A store that TLS needs, with what decides how it is read. */
export interface StoreAsked extends TlsStoreQuestion {
  /** `ssl.keyStore`, `ssl.quorum.trustStore` and so on. */
  readonly key: string;
  readonly role: 'key' | 'trust';
  readonly named: boolean;
  readonly typeAsWritten: string | undefined;
  /** True where peers compare the certificate with the name they connect to. */
  readonly verifiesHost: boolean;
  readonly passwordPath: string | undefined;
}
