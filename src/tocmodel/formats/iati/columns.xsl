<?xml version="1.0" encoding="UTF-8"?>
<!-- One line of text for each baseline, target and actual: tabs between the columns, a bar before each dimension and location.
     What is made once for a period is not made for each of its figures, and pieces are written one by one, which is faster than concat. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
 <xsl:output method="text" encoding="UTF-8"/>

 <xsl:template match="/">
  <xsl:for-each select="/iati-activities/iati-activity">
   <xsl:variable name="activity" select="normalize-space(iati-identifier)"/>
   <xsl:for-each select="result">
    <xsl:variable name="result" select="position()"/>
    <xsl:for-each select="indicator">
     <xsl:variable name="indicator" select="concat('&#10;', $activity, '&#9;', $result, '&#9;', position(), '&#9;')"/>
     <xsl:for-each select="baseline">
      <xsl:variable name="day" select="string(@iso-date | @year[not(../@iso-date)])"/>
      <xsl:apply-templates select=".">
       <xsl:with-param name="where" select="concat($indicator, $day, '&#9;', $day, '&#9;')"/>
      </xsl:apply-templates>
     </xsl:for-each>
     <xsl:for-each select="period">
      <xsl:variable name="where" select="concat($indicator, period-start/@iso-date, '&#9;', period-end/@iso-date, '&#9;')"/>
      <xsl:apply-templates select="target | actual">
       <xsl:with-param name="where" select="$where"/>
      </xsl:apply-templates>
     </xsl:for-each>
    </xsl:for-each>
   </xsl:for-each>
  </xsl:for-each>
 </xsl:template>

 <xsl:template match="baseline | target | actual">
  <xsl:param name="where"/>
  <xsl:value-of select="$where"/>
  <xsl:value-of select="name()"/>
  <xsl:text>&#9;</xsl:text>
  <xsl:value-of select="@value"/>
  <xsl:text>&#9;</xsl:text>
  <xsl:for-each select="dimension">
   <xsl:text>|</xsl:text>
   <xsl:value-of select="@name"/>
   <xsl:text>=</xsl:text>
   <xsl:value-of select="@value"/>
  </xsl:for-each>
  <xsl:text>&#9;</xsl:text>
  <xsl:for-each select="location">
   <xsl:text>|</xsl:text>
   <xsl:value-of select="@ref"/>
  </xsl:for-each>
 </xsl:template>
</xsl:stylesheet>
