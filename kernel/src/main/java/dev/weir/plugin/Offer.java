package dev.weir.plugin;

import com.google.inject.BindingAnnotation;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a binding as a part that the configuration can choose. Made by {@link PluginModule}. */
@BindingAnnotation
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD})
public @interface Offer {
    /** What sort of part: codec, protocol, transport, or a policy kind's name. */
    String kind();

    /** The name by which it is chosen. */
    String name();
}
