// What the Java API promises, for japicmp: docs/versions.md, "The public API".
def oldOrNew = { changed -> changed.oldClass.or { changed.newClass }.get() }
def has = { type, attribute -> type.classFile.getAttribute(attribute) != null }

// Types that are nested in internal ones.
jApiClasses.removeIf { changed ->
	def outer = oldOrNew(changed).declaringClass
	outer != null && outer.hasAnnotation('org.apiguardian.api.API')
}
jApiClasses.each { changed ->
	def type = oldOrNew(changed)
	// The constructor of a record grows with its components.
	if (has(type, 'Record')) {
		changed.constructors.clear()
	}
	// A sealed type is implemented here only.
	if (has(type, 'PermittedSubclasses')) {
		changed.methods.removeIf { it.changeStatus.name() == 'NEW' }
	}
}
return jApiClasses
