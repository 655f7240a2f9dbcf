/**
 * The resources of the Messaging Topology Operator and their fields, read from `api/v1beta1/*_types.go`,
 * `api/v1alpha1` and the CRDs of version 1.20.1 (DOMAIN 5.6). The Kubernetes API takes no other value for a field that
 * it knows, and leaves out what it does not know.
 */
export interface KindRule {
  readonly kind: string;
  readonly version: 'v1beta1' | 'v1alpha1';
  readonly summary: string;
  readonly fields: readonly ManifestField[];
}

export interface ManifestField {
  readonly name: string;
  readonly value: ManifestValue;
  readonly isRequired?: boolean;
  readonly default?: string;
  /** An update of the resource that changes it is refused. */
  readonly isFixed?: boolean;
  readonly summary: string;
}

export type ManifestValue =
  | { readonly kind: 'text'; readonly oneOf?: readonly string[]; readonly names?: NamedKind }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'integer' }
  /** JSON of any shape under keys of any name; `keys` says whose. */
  | { readonly kind: 'free'; readonly keys: FreeKeys }
  | { readonly kind: 'texts'; readonly oneOf?: readonly string[] }
  | { readonly kind: 'fields'; readonly fields: readonly ManifestField[] };

/** What a text is the name of; `user` and `cluster` are names of other resources. */
export type NamedKind = 'queue' | 'exchange' | 'vhost' | 'policy' | 'user' | 'cluster' | 'destination';
export type FreeKeys = 'queueArguments' | 'exchangeArguments' | 'bindingArguments' | 'policyKeys' | 'any';
