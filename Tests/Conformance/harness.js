// What pages of web-platform-tests call, for scripts without a page: tests, assertions, and the elements that the page declares.
//
// Prints a line for each test when it is made ("TEST name") and one when it ends ("PASS name", "FAIL name" and the reason), all as
// JSON strings, so that names may hold anything. Tests that never end have no second line.

const Harness = {
  names: new Map(),
  queue: Promise.resolve(),

  /// Names are unique: a second one gets a number, as in browsers' reports.
  announce(name) {
    name = String(name ?? document.title);
    const count = this.names.get(name) ?? 0;
    this.names.set(name, count + 1);
    if (count > 0) name += ` (${count + 1})`;
    console.log('TEST ' + JSON.stringify(name));
    return name;
  },

  report(name, error) {
    if (error === undefined) console.log('PASS ' + JSON.stringify(name));
    else console.log('FAIL ' + JSON.stringify(name) + ' ' + JSON.stringify(String(error?.stack && error.message ? `${error.name}: ${error.message}` : error)));
  },

  /// Makes what the page declares. The first canvas is the one that is there anyway.
  build(page) {
    document.title = page.title;
    for (const face of page.fonts) {
      const font = new FontFace(face.family, face.source, face.descriptors);
      document.fonts.add(font);
      font.load().catch(() => {});
    }
    let canvasIsTaken = false;
    const made = [];
    for (const { tag, attributes, parent } of page.elements) {
      const usesDefault = tag === 'canvas' && !canvasIsTaken;
      const element = usesDefault ? document.querySelector('canvas') : document.createElement(tag);
      if (usesDefault) canvasIsTaken = true;
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      if (!usesDefault) (made[parent] ?? document.body).appendChild(element);
      made.push(element);
      if (attributes.id && !(attributes.id in globalThis)) globalThis[attributes.id] = element;
    }
  },
};

/// Enough of it to load a file as a Blob.
class XMLHttpRequest extends EventTarget {
  open(method, address) { this.address = address; }
  send() {
    fetch(this.address).then((response) => response.blob()).then(
      (blob) => {
        this.response = blob;
        this.readyState = 4;
        this.status = 200;
        this.tell('load');
      },
      () => this.tell('error'));
  }
  tell(type) {
    const event = new Event(type);
    this['on' + type]?.(event);
    this.dispatchEvent(event);
  }
}

class AssertionFailure extends Error {
  get name() { return 'AssertionFailure'; }
}

class TestCase {
  constructor(name) {
    this.name = Harness.announce(name);
    this.isOver = false;
    this.cleanups = [];
  }

  step(body, receiver = this, ...values) {
    if (this.isOver) return undefined;
    try {
      return body.apply(receiver, values);
    } catch (error) {
      this.end(error ?? 'threw ' + error);
      return undefined;
    }
  }

  step_func(body, receiver = this) { return (...values) => this.step(body, receiver, ...values); }
  step_func_done(body, receiver = this) {
    return (...values) => {
      if (body) this.step(body, receiver, ...values);
      this.done();
    };
  }
  step_timeout(body, delay, ...values) { return setTimeout(this.step_func(() => body(...values)), delay); }
  unreached_func(reason) { return this.step_func(() => assert_unreached(reason)); }
  add_cleanup(body) { this.cleanups.push(body); }
  done() { this.end(); }

  end(error) {
    if (this.isOver) return;
    this.isOver = true;
    for (const cleanup of this.cleanups) cleanup();
    Harness.report(this.name, error);
  }
}

function test(body, name) {
  const made = new TestCase(name);
  made.step(body, made, made);
  made.done();
}

function async_test(body, name) {
  const made = typeof body === 'function' ? new TestCase(name) : new TestCase(body);
  if (typeof body === 'function') made.step(body, made, made);
  return made;
}

/// One after the other, as in browsers.
function promise_test(body, name) {
  const made = new TestCase(name);
  Harness.queue = Harness.queue.then(async () => {
    try {
      // Time is virtual: who waits for what never comes does not wait long.
      await Promise.race([body.call(made, made), new Promise((resolve, reject) => setTimeout(reject, 10000, 'never ended'))]);
      made.done();
    } catch (error) {
      made.end(error ?? 'rejected with ' + error);
    }
  });
}

function generate_tests(body, cases) {
  for (const [name, ...values] of cases) test(() => body(...values), name);
}

function setup() {}
function done() {}
function on_event(target, type, body) { target.addEventListener(type, body, false); }
function step_timeout(body, delay, ...values) { return setTimeout(() => body(...values), delay); }
function format_value(value) { return typeof value === 'string' ? JSON.stringify(value) : String(value); }

// Assertions.

function require(condition, claim, description) {
  if (!condition) throw new AssertionFailure(description ? `${description}: ${claim}` : claim);
}

const isSame = (a, b) => (a === b ? a !== 0 || 1 / a === 1 / b : a !== a && b !== b);
const isNear = (a, b, margin) => a === b || (a !== a && b !== b) || Math.abs(a - b) <= margin;

function assert_true(value, description) { require(value === true, `expected true, got ${format_value(value)}`, description); }
function assert_false(value, description) { require(value === false, `expected false, got ${format_value(value)}`, description); }
function assert_equals(value, wanted, description) {
  require(isSame(value, wanted), `expected ${format_value(wanted)}, got ${format_value(value)}`, description);
}
function assert_not_equals(value, unwanted, description) {
  require(!isSame(value, unwanted), `got ${format_value(unwanted)}`, description);
}
function assert_in_array(value, list, description) { require(list.includes(value), `${format_value(value)} is not in the list`, description); }
function assert_array_equals(values, wanted, description) {
  require(values.length === wanted.length, `expected ${wanted.length} members, got ${values.length}`, description);
  for (let i = 0; i < wanted.length; i++) {
    require(isSame(values[i], wanted[i]), `member ${i}: expected ${format_value(wanted[i])}, got ${format_value(values[i])}`, description);
  }
}
function assert_approx_equals(value, wanted, margin, description) {
  require(typeof value === 'number' && isNear(value, wanted, margin), `expected ${wanted} ± ${margin}, got ${format_value(value)}`, description);
}
function assert_array_approx_equals(values, wanted, margin, description) {
  require(values.length === wanted.length, `expected ${wanted.length} members, got ${values.length}`, description);
  for (let i = 0; i < wanted.length; i++) {
    require(isNear(values[i], wanted[i], margin), `member ${i}: expected ${wanted[i]} ± ${margin}, got ${values[i]}`, description);
  }
}
function assert_less_than(value, bound, description) { require(value < bound, `expected less than ${bound}, got ${value}`, description); }
function assert_less_than_equal(value, bound, description) { require(value <= bound, `expected at most ${bound}, got ${value}`, description); }
function assert_greater_than(value, bound, description) { require(value > bound, `expected more than ${bound}, got ${value}`, description); }
function assert_greater_than_equal(value, bound, description) { require(value >= bound, `expected at least ${bound}, got ${value}`, description); }
function assert_between_inclusive(value, low, high, description) {
  require(value >= low && value <= high, `expected ${low} to ${high}, got ${value}`, description);
}
function assert_regexp_match(value, pattern, description) { require(pattern.test(value), `${format_value(value)} does not match ${pattern}`, description); }
function assert_class_string(object, name, description) {
  assert_equals(Object.prototype.toString.call(object), `[object ${name}]`, description);
}
function assert_own_property(object, name, description) { require(Object.hasOwn(object, name), `has no ${name}`, description); }
function assert_implements(condition, description) { require(condition, 'is not implemented', description); }
const assert_implements_optional = assert_implements;
function assert_unreached(description) { require(false, 'should not be reached', description); }

// Exceptions.

function checkLanguageError(error, type, description) {
  require(error?.constructor === type, `expected a ${type.name}, got ${format_value(error)}`, description);
}
function checkDOMException(error, wanted, description) {
  require(error instanceof DOMException, `expected a DOMException, got ${format_value(error)}`, description);
  const matches = /_ERR$/.test(wanted) ? error.code === DOMException[wanted] : error.name === wanted;
  require(matches, `expected ${wanted}, got ${error.name}`, description);
}
function thrownBy(body, description) {
  try {
    body();
  } catch (error) {
    return error;
  }
  throw new AssertionFailure((description ? description + ': ' : '') + 'nothing was thrown');
}
function assert_throws_js(type, body, description) { checkLanguageError(thrownBy(body, description), type, description); }
function assert_throws_dom(wanted, ...rest) {
  // A constructor of the exception may stand before the function.
  const [body, description] = typeof rest[1] === 'function' ? rest.slice(1) : rest;
  checkDOMException(thrownBy(body, description), wanted, description);
}
async function rejectionOf(promise, description) {
  let value;
  try {
    value = await promise;
  } catch (error) {
    return error;
  }
  throw new AssertionFailure((description ? description + ': ' : '') + `resolved with ${format_value(value)}`);
}
async function promise_rejects_js(unused, type, promise, description) {
  checkLanguageError(await rejectionOf(promise, description), type, description);
}
async function promise_rejects_dom(unused, wanted, ...rest) {
  const [promise, description] = typeof rest[0] === 'function' ? rest.slice(1) : rest;
  checkDOMException(await rejectionOf(promise, description), wanted, description);
}
