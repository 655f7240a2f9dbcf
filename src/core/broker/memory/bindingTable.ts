import type { RoutedBinding } from '../../topology/routing';

/** The bindings of a virtual host. The same source, destination, key and arguments are one binding (DOMAIN 5.3). */
export class BindingTable {
  private readonly bySource = new Map<string, Map<string, RoutedBinding>>();

  add(binding: RoutedBinding): void {
    const same = this.bySource.get(binding.source) ?? new Map<string, RoutedBinding>();
    this.bySource.set(binding.source, same);
    same.set(identity(binding), binding);
  }

  /** Whether there was one. */
  remove(binding: RoutedBinding): boolean {
    return this.bySource.get(binding.source)?.delete(identity(binding)) ?? false;
  }

  from(source: string): Iterable<RoutedBinding> {
    return this.bySource.get(source)?.values() ?? [];
  }

  hasAnyFrom(source: string): boolean {
    return (this.bySource.get(source)?.size ?? 0) > 0;
  }

  all(): readonly RoutedBinding[] {
    return [...this.bySource.values()].flatMap((same) => [...same.values()]);
  }

  to(kind: RoutedBinding['destinationKind'], destination: string): readonly RoutedBinding[] {
    return this.all().filter(
      (binding) => binding.destinationKind === kind && binding.destination === destination,
    );
  }

  /** Removes every binding from or to it and returns the exchanges that lost one of theirs. */
  forget(kind: RoutedBinding['destinationKind'], name: string): readonly string[] {
    if (kind === 'exchange') this.bySource.delete(name);
    const lost = this.to(kind, name);
    for (const binding of lost) this.remove(binding);
    return [...new Set(lost.map((binding) => binding.source))];
  }
}

function identity(binding: RoutedBinding): string {
  const args = binding.arguments.map(({ name, value }) => JSON.stringify([name, value])).sort();
  return JSON.stringify([binding.destinationKind, binding.destination, binding.routingKey, args]);
}
