import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../local/assembly/intrinsics.ts';
import { stackScope } from '../../../local/assembly/stack-scope.ts';
import { type Json, templateSchema } from '../../../local/assembly/template.ts';

/** A placeholder of Fn::Sub. */
const placeholder = (name: string) => `$\{${name}}`;

const template = templateSchema.parse({
  Parameters: {
    Size: { Type: 'Number', Default: 3 },
    Nameless: { Type: 'String' },
    BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/version' },
    Image: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/aws/service/image' },
  },
  Mappings: { Sizes: { 'us-east-1': { Small: 1, Zones: ['a'] } } },
  Conditions: {
    Here: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] },
    Elsewhere: { 'Fn::Not': [{ Condition: 'Here' }] },
    Both: { 'Fn::And': [{ Condition: 'Here' }, { Condition: 'Elsewhere' }] },
    Either: { 'Fn::Or': [{ Condition: 'Here' }, { Condition: 'Elsewhere' }] },
  },
  Resources: {
    Pool: { Type: 'AWS::Cognito::UserPool' },
    Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: { 'Fn::Sub': `${placeholder('AWS::StackName')}-role` } } },
    Odd: { Type: 'AWS::Odd::Thing' },
  },
});
const scope = stackScope({ name: 'bank', template }, name => `imported ${name}`);
const resolve = (value: Json) => evaluate(value, scope);

describe('an intrinsic function becomes what it stands for', () => {
  const cases: [string, Json, Json][] = [
    ['Ref of a parameter', { Ref: 'Size' }, 3],
    ['Ref of the bootstrap version', { Ref: 'BootstrapVersion' }, '30'],
    ['Ref of the account', { Ref: 'AWS::AccountId' }, '000000000000'],
    ['Ref of a named resource', { Ref: 'Role' }, 'bank-role'],
    ['Fn::GetAtt as a list', { 'Fn::GetAtt': ['Role', 'Arn'] }, 'arn:aws:iam::000000000000:role/bank-role'],
    ['Fn::GetAtt as text', { 'Fn::GetAtt': 'Role.Arn' }, 'arn:aws:iam::000000000000:role/bank-role'],
    ['Fn::Join', { 'Fn::Join': ['-', ['a', { Ref: 'Size' }, 'b']] }, 'a-3-b'],
    [
      'Fn::Sub alone',
      { 'Fn::Sub': `${placeholder('AWS::Partition')}/${placeholder('Role.Arn')}` },
      'aws/arn:aws:iam::000000000000:role/bank-role',
    ],
    [
      'Fn::Sub with variables',
      { 'Fn::Sub': [`${placeholder('Own')}-${placeholder('Size')}`, { Own: { Ref: 'AWS::Region' } }] },
      'us-east-1-3',
    ],
    ['Fn::Sub of a literal', { 'Fn::Sub': `${placeholder('!Size')}` }, `${placeholder('Size')}`],
    ['Fn::Select', { 'Fn::Select': ['1', { 'Fn::Split': ['/', 'a/b/c'] }] }, 'b'],
    ['Fn::Split', { 'Fn::Split': [',', 'a,b'] }, ['a', 'b']],
    ['Fn::ImportValue', { 'Fn::ImportValue': { 'Fn::Sub': `x-${placeholder('Size')}` } }, 'imported x-3'],
    ['Fn::FindInMap', { 'Fn::FindInMap': ['Sizes', { Ref: 'AWS::Region' }, 'Small'] }, 1],
    ['Fn::FindInMap with a default', { 'Fn::FindInMap': ['Sizes', 'eu', 'Small', { DefaultValue: 2 }] }, 2],
    ['Fn::Base64', { 'Fn::Base64': 'bank' }, 'YmFuaw=='],
    ['Fn::GetAZs', { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }, 'us-east-1a'],
    ['Fn::If whose condition is true', { 'Fn::If': ['Here', 'yes', 'no'] }, 'yes'],
    ['Fn::If whose condition is false', { 'Fn::If': ['Both', 'yes', 'no'] }, 'no'],
    ['Fn::Or', { 'Fn::If': ['Either', 'yes', 'no'] }, 'yes'],
    ['Fn::Not', { 'Fn::If': ['Elsewhere', 'yes', 'no'] }, 'no'],
  ];
  test.each(cases)('%s', (_name, value, expected) => {
    expect(resolve(value)).toEqual(expected);
  });
});

test('AWS::NoValue takes its property or its list item with it', () => {
  const none = { Ref: 'AWS::NoValue' };
  expect(resolve({ kept: 1, gone: none, list: [1, none, { 'Fn::If': ['Both', 1, none] }, 2] })).toEqual({
    kept: 1,
    list: [1, 2],
  });
});

test('a property that is called Condition is not taken for the function', () => {
  expect(resolve({ Condition: { Bool: { secure: 'true' } } })).toEqual({ Condition: { Bool: { secure: 'true' } } });
});

test('a dynamic reference stays as it is', () => {
  const reference = '{{resolve:secretsmanager:name:SecretString:password::}}';
  expect(resolve({ 'Fn::Join': ['', [reference]] })).toBe(reference);
});

test('made-up ids look like those of AWS and are the same at each reading', () => {
  const again = stackScope({ name: 'bank', template }, () => '');
  expect(resolve({ Ref: 'Pool' })).toMatch(/^us-east-1_[0-9a-zA-Z]{9}$/);
  expect(evaluate({ Ref: 'Pool' }, again)).toBe(resolve({ Ref: 'Pool' }));
  const elsewhere = stackScope({ name: 'other', template }, () => '');
  expect(evaluate({ Ref: 'Pool' }, elsewhere)).not.toBe(resolve({ Ref: 'Pool' }));
});

describe('what cannot be resolved is refused by name', () => {
  const cases: [string, Json, string][] = [
    ['an unknown attribute', { 'Fn::GetAtt': ['Pool', 'Colour'] }, 'attribute Colour of Pool (AWS::Cognito::UserPool)'],
    ['Ref of an unknown type', { Ref: 'Odd' }, 'Ref of Odd (AWS::Odd::Thing)'],
    ['Ref of nothing', { Ref: 'Nobody' }, 'no parameter or resource Nobody'],
    ['a parameter without a default', { Ref: 'Nameless' }, 'parameter Nameless has no default'],
    ['an SSM parameter', { Ref: 'Image' }, 'parameter Image reads an SSM parameter'],
    ['an unknown function', { 'Fn::Magic': 1 }, 'Fn::Magic is not known'],
    ['an unknown condition', { 'Fn::If': ['Nowhere', 1, 2] }, 'no condition Nowhere'],
    ['Fn::Select past the end', { 'Fn::Select': [4, ['a']] }, 'Fn::Select has no item 4'],
    ['a missing mapping', { 'Fn::FindInMap': ['Sizes', 'mars', 'Small'] }, 'finds nothing at Sizes.mars.Small'],
    ['an object where text is due', { 'Fn::Join': ['', [{ a: 1, b: 2 }]] }, 'Fn::Join needs a string'],
    ['text where a list is due', { 'Fn::Join': ['', 'a'] }, 'Fn::Join needs a list'],
  ];
  test.each(cases)('%s', (_name, value, message) => {
    expect(() => resolve(value)).toThrow(message);
    expect(() => resolve(value)).toThrow('stack bank');
  });
});
