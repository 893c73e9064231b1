// Two small steps of the build that nobody ships.
import { compileMessage } from '@lingui/message-utils/compileMessage';

/**
 * Compiles the English texts that the Lingui macro leaves in the code, so that plurals work without a catalogue
 * and without a message parser in the browser. Runs after the macro.
 */
export function compiledMessages({ types: t }) {
  const text = (object, name) => {
    const property = object.properties.find(
      (one) =>
        t.isObjectProperty(one) &&
        (t.isIdentifier(one.key, { name }) || t.isStringLiteral(one.key, { value: name })),
    );
    return property && t.isStringLiteral(property.value) ? property : undefined;
  };
  return {
    visitor: {
      Program: {
        exit(program) {
          program.traverse({
            ObjectExpression({ node }) {
              const id = text(node, 'id');
              const message = text(node, 'message');
              if (!id || !message || !/^[\w+/-]{6}$/.test(id.value.value)) return;
              message.value = t.valueToNode(compileMessage(message.value.value));
            },
          });
        },
      },
    },
  };
}

/** Each style sheet states the order of the layers: which of them a browser reads first depends on the chunks. */
export function layerOrder(order) {
  return {
    name: 'layer-order',
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type === 'asset' && file.fileName.endsWith('.css')) {
          file.source = `@layer ${order.join(',')};${file.source}`;
        }
      }
    },
  };
}
