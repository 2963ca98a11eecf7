/** The content of a key store or trust store, as far as it can be read without Java. */
export type TlsStore =
  | { readonly kind: 'unreadable'; readonly problem: string }
  | {
      readonly kind: 'pem';
      readonly key: PemKey;
      readonly certificates: readonly TlsCertificate[];
    }
  /** JKS or PKCS#12; `opens` and `hasKey` are undefined if only Java can read it, for example an old encryption. */
  | {
      readonly kind: 'sealed';
      readonly opens: boolean | undefined;
      readonly hasKey: boolean | undefined;
      /** The certificate of the server, if there is only one key. */
      readonly certificates: readonly TlsCertificate[];
    }
  /** Of a type that only Java reads. */
  | { readonly kind: 'opaque' };

/** The private key of a PEM store; PemReader wants PKCS#8. */
export type PemKey =
  /** `other` is PKCS#1 or SEC 1, `traditional` OpenSSL's old encryption of these (`Proc-Type: 4,ENCRYPTED`). */
  | { readonly form: 'none' | 'other' | 'traditional' }
  | {
      readonly form: 'plain';
      readonly algorithm: string;
      /** False for an algorithm that ZooKeeper does not try: it knows RSA, EC and DSA. */
      readonly readable: boolean;
      /** Whether the first certificate was issued for it; true where there is none. */
      readonly belongs: boolean;
      /** A password makes PemReader decrypt what is not encrypted, and fail. */
      readonly passwordGiven: boolean;
    }
  | {
      readonly form: 'encrypted';
      readonly passwordGiven: boolean;
      /** Undefined if only Java can read it. */
      readonly opens: boolean | undefined;
      readonly belongs: boolean | undefined;
      /** Java before 19 does not read PBES2, and no Java scrypt or PBES2 with DES. */
      readonly scheme: 'pbes1' | 'pbes2' | 'unreadable';
    };

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
  /** What will stand there, where it is not written yet; never to be shown. */
  readonly text?: string | undefined;
}

/** A store that TLS needs, with what decides how it is read. */
export interface StoreAsked extends TlsStoreQuestion {
  /** The path for people: of the mounted file that it was made of. */
  readonly shown: string;
  /** `ssl.keyStore`, `ssl.quorum.trustStore` and so on. */
  readonly key: string;
  readonly role: 'key' | 'trust';
  readonly named: boolean;
  readonly typeAsWritten: string | undefined;
  /** True where peers compare the certificate with the name they connect to. */
  readonly verifiesHost: boolean;
  readonly passwordPath: string | undefined;
}

/** What is wrong with a file of a folder with certificates; `problem` follows its path in a sentence. */
export interface FolderProblem {
  readonly path: string;
  readonly problem: string;
  readonly remedy: string;
  readonly severity: 'error' | 'warning';
}

/** What was made of a folder; key and trust are there unless a problem is an error. Never to be shown. */
export interface ComposedTls {
  readonly problems: readonly FolderProblem[];
  /** The files that it was made of. */
  readonly names: { readonly key: string; readonly certificate: string; readonly trust: string | undefined };
  /** The private key as PKCS#8, its certificate, and the issuers behind it. */
  readonly key?: string;
  readonly trust?: string;
}
