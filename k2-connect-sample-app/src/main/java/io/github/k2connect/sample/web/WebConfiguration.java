package io.github.k2connect.sample.web;

import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.WebContentInterceptor;

/**
 * Keeps pages out of shared caches. Orders are kept out of all caches: they change by
 * themselves. Forms stay in the customer's browser, which shows the same form, with the
 * same one-time token, when the customer goes back to it.
 */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		WebContentInterceptor interceptor = new WebContentInterceptor();
		interceptor.addCacheMapping(CacheControl.noStore(), "/orders/**", "/staff/**");
		interceptor.addCacheMapping(CacheControl.noCache().cachePrivate(), "/products/**");
		registry.addInterceptor(interceptor).addPathPatterns("/orders/**", "/staff/**", "/products/**");
	}

}
