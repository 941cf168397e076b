package io.github.k2connect.test;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Latest values, each with a key: only so many, and only up to a total size. The newest
 * one is kept whatever its size. A value with the key of another one replaces it.
 */
final class Latest<K, V> {

	static final int MAX_COUNT = 10_000;

	static final long MAX_SIZE = 16 * 1024 * 1024;

	private final Map<K, Sized<V>> values = new LinkedHashMap<>();

	private final int maxCount;

	private final long maxSize;

	private long size;

	Latest() {
		this(MAX_COUNT, MAX_SIZE);
	}

	Latest(int maxCount, long maxSize) {
		this.maxCount = maxCount;
		this.maxSize = maxSize;
	}

	/**
	 * Keep a value.
	 * @param key the key
	 * @param value the value
	 * @param valueSize about how many bytes it takes
	 */
	synchronized void put(K key, V value, long valueSize) {
		remove(key);
		this.values.put(key, new Sized<>(value, valueSize));
		this.size += valueSize;
		for (Iterator<Sized<V>> oldest = this.values.values().iterator(); isFull();) {
			this.size -= oldest.next().size();
			oldest.remove();
		}
	}

	private boolean isFull() {
		return this.values.size() > this.maxCount || (this.size > this.maxSize && this.values.size() > 1);
	}

	synchronized @Nullable V get(K key) {
		Sized<V> kept = this.values.get(key);
		return (kept != null) ? kept.value() : null;
	}

	synchronized void remove(K key) {
		Sized<V> removed = this.values.remove(key);
		if (removed != null) {
			this.size -= removed.size();
		}
	}

	/**
	 * Return the values, oldest first.
	 */
	synchronized List<V> all() {
		return this.values.values().stream().map(Sized::value).toList();
	}

	synchronized void clear() {
		this.values.clear();
		this.size = 0;
	}

	private record Sized<V>(V value, long size) {

	}

}
