import { MalformedReply } from "./errors.js";

/** A parcel, as the service knows it. */
export interface Parcel {
  number: string;
  grams: number;
}

/** Something that happened to a parcel. */
export interface TrackingEvent {
  at: string;
  what: string;
}

type Fields = Record<string, unknown>;

/** Returns the fields of an object; throws MalformedReply for anything else. */
export function fields(value: unknown): Fields {
  if (!isObject(value)) {
    throw new MalformedReply("the reply is no object");
  }
  return value;
}

/** Returns the items of a list; throws MalformedReply for anything else. */
export function items(value: unknown): unknown[] {
  if (!isList(value)) {
    throw new MalformedReply("the reply holds no list");
  }
  return value;
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}

function isList(value: unknown): value is unknown[] {
  return Array.isArray(value);
}

/** Reads a parcel. */
export function parcel(value: unknown): Parcel {
  const { number, grams } = fields(value);
  if (typeof number !== "string" || typeof grams !== "number") {
    throw new MalformedReply("a parcel has a number and a weight");
  }
  return { number, grams };
}

/** Reads an event. */
export function event(value: unknown): TrackingEvent {
  const { at, what } = fields(value);
  if (typeof at !== "string" || typeof what !== "string") {
    throw new MalformedReply("an event has a time and a name");
  }
  return { at, what };
}
