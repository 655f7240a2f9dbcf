/** Pieces of a cluster file, so that a test shows only what it is about. Marks pass through. */
export function queue(rest = '', name = '"q"'): string {
  return `{"name":${name},"vhost":"/","durable":true,"auto_delete":false${rest === '' ? '' : `,${rest}`}}`;
}

export function exchange(rest = '"type":"topic"', name = '"x"'): string {
  return `{"name":${name},"vhost":"/","durable":true,"auto_delete":false,"internal":false${rest === '' ? '' : `,${rest}`}}`;
}

export function binding(rest = '', key = '"routing_key":"k"'): string {
  const fields = ['"source":"x","vhost":"/","destination":"q","destination_type":"queue"', key, rest];
  return `{${fields.filter((field) => field !== '').join(',')}}`;
}

export function file(sections: Readonly<Record<string, string>>): string {
  return `{${Object.entries(sections)
    .map(([name, items]) => `"${name}":[${items}]`)
    .join(',')}}`;
}

/** A queue `q`, an exchange `x` of that type and one binding between them. */
export function bound(bindingText: string, type = 'direct'): string {
  return file({ queues: queue(), exchanges: exchange(`"type":"${type}"`), bindings: bindingText });
}

export function withArguments(entries: string, rest = ''): string {
  return file({ queues: queue(`"arguments":{${entries}}${rest}`) });
}

export const user = (rest: string): string => `{"name":"u"${rest}}`;
export const policy = (rest: string, name = '"p"'): string =>
  `{"name":${name},"vhost":"/","pattern":"^a"${rest}}`;
export const parameter = (component: string, value: string, name = '"limits"'): string =>
  file({ parameters: `{"name":${name},"vhost":"/","component":${component},"value":${value}}` });
export const limits = (value: string, name?: string): string => parameter('"vhost-limits"', value, name);
export const operatorPolicy = (value: string): string => parameter('"operator_policy"', value, '"o"');
export const permission = (rest: string): string => `{"user":"guest","vhost":"/"${rest}}`;
